//! Reads the description (OpenAPI 3.1 as JSON) for the page.

use serde_json::Value;

/// One address and method.
pub(super) struct Operation {
    pub method: String,
    pub path: String,
    pub summary: String,
    /// What a token needs, where one is needed.
    pub scopes: Option<String>,
    pub parameters: Vec<Line>,
    pub body: Option<Kind>,
    pub answers: Vec<Answer>,
}

/// A parameter, or a field of a type.
pub(super) struct Line {
    pub name: String,
    pub kind: Kind,
    pub required: bool,
    pub description: String,
}

/// What can come back.
pub(super) struct Answer {
    pub status: String,
    pub description: String,
    pub kind: Kind,
}

/// A type in words; a named one can be followed.
#[derive(Default)]
pub(super) struct Kind {
    pub words: String,
    pub link: Option<String>,
}

/// A named type.
pub(super) struct Schema {
    pub name: String,
    pub description: String,
    pub fields: Vec<Line>,
    /// Words of a fixed set.
    pub values: String,
}

fn text(value: &Value, name: &str) -> String {
    // Backticks are for those who read the description as it is.
    value[name].as_str().unwrap_or_default().replace('`', "")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn named(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Every operation, in the order of the addresses.
pub(super) fn operations(description: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in named(&description["paths"]) {
        for (method, operation) in named(item) {
            let summary = [text(operation, "summary"), text(operation, "description")].join(" ");
            found.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                summary: summary.trim().to_owned(),
                scopes: scopes(operation),
                parameters: list(&operation["parameters"]).map(parameter).collect(),
                body: content(&operation["requestBody"]),
                answers: named(&operation["responses"]).map(answer).collect(),
            });
        }
    }
    found
}

/// What a token needs: its kind and scopes.
fn scopes(operation: &Value) -> Option<String> {
    let mut words = Vec::new();
    for (kind, scopes) in list(&operation["security"]).flat_map(named) {
        let scopes: Vec<_> = list(scopes).filter_map(Value::as_str).collect();
        words.push(if scopes.is_empty() { kind.clone() } else { scopes.join(", ") });
    }
    (!words.is_empty()).then(|| words.join(", "))
}

fn parameter(value: &Value) -> Line {
    Line {
        name: format!("{} ({})", text(value, "name"), text(value, "in")),
        kind: kind(&value["schema"]),
        required: value["required"].as_bool().unwrap_or_default(),
        description: text(value, "description"),
    }
}

fn answer((status, value): (&String, &Value)) -> Answer {
    Answer {
        status: status.clone(),
        description: text(value, "description"),
        kind: content(value).unwrap_or_default(),
    }
}

/// The type of a body.
fn content(value: &Value) -> Option<Kind> {
    let (media, content) = named(&value["content"]).next()?;
    if media == "application/json" {
        return Some(kind(&content["schema"]));
    }
    Some(Kind { words: media.clone(), link: None })
}

/// A type in words.
fn kind(schema: &Value) -> Kind {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        return Kind { words: name.to_owned(), link: Some(name.to_owned()) };
    }
    if let Some(one) = list(&schema["oneOf"]).find(|one| one["type"] != "null") {
        return kind(one);
    }
    let words = match &schema["type"] {
        Value::String(word) => word.clone(),
        Value::Array(words) => {
            let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
            words.join(" | ")
        }
        _ => String::new(),
    };
    if words == "array" {
        let Kind { words, link } = kind(&schema["items"]);
        return Kind { words: format!("[{words}]"), link };
    }
    let limit = |name: &str, sign: &str| match &schema[name] {
        Value::Null => String::new(),
        limit => format!(" {sign} {limit}"),
    };
    let limits = [limit("minimum", "≥"), limit("maximum", "≤"), limit("maxLength", "≤")].concat();
    Kind { words: words + &limits, link: None }
}

/// Every named type, by its name.
pub(super) fn schemas(description: &Value) -> Vec<Schema> {
    let schemas = named(&description["components"]["schemas"]);
    schemas.map(|(name, schema)| read(name, schema)).collect()
}

fn read(name: &str, schema: &Value) -> Schema {
    let required: Vec<_> = list(&schema["required"]).filter_map(Value::as_str).collect();
    let field = |(name, value): (&String, &Value)| Line {
        name: name.clone(),
        kind: kind(value),
        required: required.contains(&name.as_str()),
        description: text(value, "description"),
    };
    let words =
        list(&schema["enum"]).chain(list(&schema["oneOf"]).flat_map(|one| list(&one["enum"])));
    let words: Vec<_> = words.filter_map(Value::as_str).collect();
    Schema {
        name: name.to_owned(),
        description: text(schema, "description"),
        fields: named(&schema["properties"]).map(field).collect(),
        values: words.join(", "),
    }
}
