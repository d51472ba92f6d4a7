//! The API's own description (OpenAPI 3.1) as people read it: addresses, types and what comes back, made
//! from the description that programs read, so that the two can not disagree.

use super::openapi::description;
use serde_json::Value;

/// The whole description.
pub struct Reference {
    /// In the order of the addresses.
    pub operations: Vec<Operation>,
    /// By their names.
    pub schemas: Vec<Schema>,
}

/// One address and method.
pub struct Operation {
    /// HTTP method.
    pub method: String,
    /// Template of the address.
    pub path: String,
    /// What it does.
    pub summary: String,
    /// What a token needs, where one is needed.
    pub scopes: Option<String>,
    /// Of the path and of the query.
    pub parameters: Vec<Line>,
    /// What is sent, where something is.
    pub body: Option<Kind>,
    /// By status.
    pub answers: Vec<Answer>,
}

/// A parameter, or a field of a type.
pub struct Line {
    /// As it is written; of a parameter also where it stands.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// Whether it may not be left out.
    pub required: bool,
    /// What it means.
    pub description: String,
}

/// What can come back.
pub struct Answer {
    /// HTTP status.
    pub status: String,
    /// When it does.
    pub description: String,
    /// The type of the body.
    pub kind: Kind,
}

/// A type in words; a named one can be followed.
#[derive(Default)]
pub struct Kind {
    /// As people read it.
    pub words: String,
    /// Name of the type, where it has one.
    pub link: Option<String>,
}

/// A named type.
pub struct Schema {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What it has, if it is an object.
    pub fields: Vec<Line>,
    /// Words of a fixed set.
    pub values: String,
}

/// The description of this server's API.
pub fn reference() -> Reference {
    let description = description();
    let schemas = named(&description["components"]["schemas"]);
    let schemas = schemas.map(|(name, schema)| read(name, schema)).collect();
    Reference { operations: operations(&description), schemas }
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

fn operations(description: &Value) -> Vec<Operation> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_parameter_and_type_is_told() {
        let Reference { operations, schemas } = reference();
        assert!(operations.len() > 9);
        for one in &operations {
            assert!(!one.summary.is_empty() && !one.answers.is_empty(), "{}", one.path);
            for parameter in &one.parameters {
                assert!(!parameter.description.is_empty(), "{} {}", one.path, parameter.name);
            }
        }
        for link in operations.iter().flat_map(|one| one.answers.iter().map(|answer| &answer.kind))
        {
            let known =
                link.link.as_ref().is_none_or(|link| schemas.iter().any(|s| s.name == *link));
            assert!(known, "{:?}", link.link);
        }
    }
}
