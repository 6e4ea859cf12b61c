//! Just so much of JSON Schema as the description of the interface uses; a keyword that is not known here fails a test.

use serde_json::Value;

/// What does not fit, with its place; empty: all of it fits.
pub(crate) fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut wrong = |what: String| found.push(format!("{at}: {what}, found {value}"));
    let mut below = Vec::new();
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "description" | "format" | "pattern" | "default" | "additionalProperties" => {}
            "$ref" => below.extend(faults(root, target(root, rule.as_str().unwrap()), value, at)),
            "allOf" => rule.as_array().unwrap().iter().for_each(|s| below.extend(faults(root, s, value, at))),
            "anyOf" => {
                let fits = rule.as_array().unwrap().iter().any(|s| faults(root, s, value, at).is_empty());
                if !fits {
                    wrong(format!("none of {rule}"));
                }
            }
            "type" => {
                let names: Vec<&str> =
                    rule.as_array().map_or_else(|| vec![rule.as_str().unwrap()], |a| a.iter().filter_map(Value::as_str).collect());
                if !names.iter().any(|name| is(value, name)) {
                    wrong(format!("not {rule}"));
                }
            }
            "enum" => {
                if !rule.as_array().unwrap().contains(value) {
                    wrong(format!("not one of {rule}"));
                }
            }
            "minimum" | "maximum" | "maxLength" | "minLength" => {
                let size = value.as_str().map_or(value.as_u64(), |text| Some(text.chars().count() as u64));
                let bound = rule.as_u64().unwrap();
                if size.is_some_and(|size| if keyword.starts_with("min") { size < bound } else { size > bound }) {
                    wrong(format!("{keyword} {bound}"));
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    below.extend(faults(root, rule, item, &format!("{at}/{n}")));
                }
            }
            "required" => {
                for name in rule.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        wrong(format!("{name} is missing"));
                    }
                }
            }
            "properties" => {
                for (name, item) in value.as_object().into_iter().flatten() {
                    match rule.get(name) {
                        Some(schema) => below.extend(faults(root, schema, item, &format!("{at}/{name}"))),
                        None => wrong(format!("{name} is not described")),
                    }
                }
            }
            other => panic!("{at}: the keyword {other} is not known to this test"),
        }
    }
    found.extend(below);
    found
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        other => panic!("the type {other} is not known to this test"),
    }
}

/// What a reference inside the description leads to.
pub(crate) fn target<'a>(root: &'a Value, reference: &str) -> &'a Value {
    let path = reference.strip_prefix('#').unwrap();
    root.pointer(path).unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

#[test]
fn the_test_itself_sees_what_does_not_fit() {
    let root: Value = serde_json::from_str(
        r##"{"s":{"type":"object","required":["a"],"properties":{"a":{"type":["string","null"],"enum":["x",null]}}}}"##,
    )
    .unwrap();
    let schema: Value = serde_json::from_str(r##"{"$ref":"#/s"}"##).unwrap();
    let n = |text: &str| faults(&root, &schema, &serde_json::from_str(text).unwrap(), "").len();
    assert_eq!([n(r#"{"a":"x"}"#), n(r#"{"a":null}"#)], [0, 0]);
    assert_eq!([n("{}"), n(r#"{"a":"y"}"#), n(r#"{"a":"x","b":1}"#), n("[]")], [1, 1, 1, 1]);
}
