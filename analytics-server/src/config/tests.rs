//! Which source of a value wins, and how mistakes are reported.

use super::*;
use std::fs;
use tempfile::TempDir;

fn nothing(_: &str) -> Option<String> {
    None
}

fn written(text: &str) -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("server.toml");
    fs::write(&path, text).unwrap();
    (dir, path)
}

#[test]
fn a_flag_is_stronger_than_the_environment_and_that_than_the_file() {
    let (_dir, path) = written(
        "data_dir = \"/file\"\nlisten = \"0.0.0.0:1\"\nmetrics = false\n[log]\nformat = \"json\"\n",
    );
    let environment = |name: &str| match name {
        "HAI_LONG_DATA_DIR" => Some("/environment".to_owned()),
        "HAI_LONG_LISTEN" => Some("0.0.0.0:2".to_owned()),
        // Set to nothing, as service files do: it says nothing.
        "HAI_LONG_METRICS" => Some(String::new()),
        _ => None,
    };
    let flags = Flags { listen: Some("0.0.0.0:3".into()), ..Flags::default() };
    let config = Config::read(Some(&path), &environment, flags).unwrap();
    assert_eq!(config.listen.value, "0.0.0.0:3");
    assert_eq!(config.listen.origin, Origin::Flag("--listen"));
    assert_eq!(config.data_dir.value, PathBuf::from("/environment"));
    assert_eq!(config.data_dir.origin, Origin::Environment("HAI_LONG_DATA_DIR"));
    assert_eq!((config.metrics.value, &config.metrics.origin), (false, &Origin::File(path)));
    assert_eq!(config.log_format.value, LogFormat::Json);
    assert_eq!(config.trust_proxy.origin, Origin::Usual);
}

/// As where `/etc/hai-long` is closed to a user: root is told so only where the way there is no
/// directory.
#[test]
fn a_file_that_can_not_be_looked_for_is_a_refusal_and_no_default() {
    let (_dir, path) = written("listen = \"127.0.0.1:1\"\n");
    assert_eq!(usual(&path).unwrap(), Some(path.clone()));
    assert_eq!(usual(&path.with_file_name("none.toml")).unwrap(), None);
    let refused = usual(&path.join("server.toml")).unwrap_err().to_string();
    assert!(refused.contains("server.toml can not be read"), "{refused}");
}

#[test]
fn a_mistake_is_told_with_its_file_and_line() {
    for (text, line, said) in [
        ("data_dir = \"/d\"\nlistn = \"x\"\n", 2, "unknown field `listn`"),
        ("\n\n[log]\nformat = \"xml\"\n", 4, "unknown variant `xml`"),
        ("listen = 8080\n", 1, "expected a string"),
        ("[mail]\nserver = \"m\"\nsender = \"a@b\"\nport = 70000\n", 4, "70000"),
        ("[tls]\ncertificate = \"c\"\nchain = \"d\"\n", 3, "unknown field `chain`"),
        ("listen = \n", 1, ""),
    ] {
        let (_dir, path) = written(text);
        let error = Config::read(Some(&path), &nothing, Flags::default()).unwrap_err().to_string();
        assert!(error.contains(&format!("server.toml, line {line}:")), "{error}");
        assert!(error.contains(said) && !error.contains('\n'), "{error}");
    }
    let missing = Config::read(Some(Path::new("/no/such.toml")), &nothing, Flags::default());
    assert!(missing.unwrap_err().to_string().contains("/no/such.toml can not be read"));
    for (name, value, said) in [
        ("HAI_LONG_TRUST_PROXY", "yes", "write true or false"),
        ("HAI_LONG_LOG_FORMAT", "xml", "write text or json"),
        ("HAI_LONG_TLS_KEY", "/k", "tls.certificate is missing"),
        ("HAI_LONG_SECURE_COOKIES", "true", "set trust_proxy as well"),
    ] {
        let environment = |asked: &str| (asked == name).then(|| value.to_owned());
        let (_dir, path) = written("");
        let error = Config::read(Some(&path), &environment, Flags::default()).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[test]
fn what_is_printed_can_be_read_again_and_has_no_secret() {
    let (_dir, path) = written(
        "database = \"postgres://u:geheim@h/n?password=geheim&sslmode=require\"\n\
         secure_cookies = true\ntrust_proxy = true\n[mail]\nserver = \"m\"\nsender = \"a@b\"\n",
    );
    let config = Config::read(Some(&path), &nothing, Flags::default()).unwrap();
    assert!(config.secure());
    let printed = config.to_string();
    assert!(!printed.contains("geheim"), "{printed}");
    assert!(printed.contains("postgres://u@h/n?sslmode=require"), "{printed}");
    let (_dir, again) = written(&printed);
    let again = Config::read(Some(&again), &nothing, Flags::default()).unwrap();
    assert_eq!(again.listen.value, config.listen.value);
    assert_eq!(again.mail.unwrap().value, config.mail.unwrap().value);
}

#[test]
fn the_documents_tell_of_every_key_and_variable() {
    let text = include_str!("../../../docs/operations.md");
    let (_dir, path) = written("[mail]\nserver = \"m\"\nsender = \"a@b\"\n");
    let config = Config::read(Some(&path), &nothing, Flags::default()).unwrap();
    let printed = config.to_string();
    let keys = printed.lines().filter_map(|line| {
        let line = line.trim_start_matches("# ");
        line.split_once([' ', '=']).map(|(key, _)| key).filter(|key| !key.starts_with('['))
    });
    for key in keys.filter(|key| !key.is_empty()) {
        assert!(text.contains(&format!("`{key}`")), "docs/operations.md says nothing of {key}");
    }
    for part in include_str!("settle.rs").split("\"HAI_LONG_").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(text.contains(&format!("HAI_LONG_{name}")), "HAI_LONG_{name} is not told");
    }
}
