// SPDX-License-Identifier: Apache-2.0
//! A minimal testee in Rust: two operations, each a function of the params, and "unsupported" for the rest.
//!
//!     cargo build --release
//!     hcsproof run --testee target/release/minimal --op is-named-pipe --op dump-type
use serde_json::{json, Value};
use std::io::{self, BufRead, Write};

type Answer = Result<Value, String>;

fn is_named_pipe(params: &Value) -> Answer {
    let path = params["path"].as_str().ok_or("no path")?;
    Ok(json!({ "is_pipe": path.starts_with(r"\\.\pipe\") }))
}

fn dump_type(params: &Value) -> Answer {
    match params["annotations"]["io.microsoft.wcow.processdumptype"].as_str().unwrap_or("") {
        "" | "full" => Ok(json!({ "type": 2 })),
        "mini" => Ok(json!({ "type": 1 })),
        _ => Err(r#"unknown dump type specified, valid values are "mini" or "full""#.to_string()),
    }
}

fn operation(name: &str) -> Option<fn(&Value) -> Answer> {
    match name {
        "is-named-pipe" => Some(is_named_pipe),
        "dump-type" => Some(dump_type),
        _ => None,
    }
}

fn answer(frame: &Value) -> Value {
    let (id, Some(op)) = (&frame["id"], frame["op"].as_str()) else {
        return json!({"hello": {"protocol": 1, "name": "minimal", "version": "1.0", "language": "rust",
                                "ops": ["is-named-pipe", "dump-type"]}});
    };
    match operation(op).map(|run| run(&frame["params"])) {
        None => json!({"id": id, "unsupported": format!("no {op}")}),
        Some(Ok(ok)) => json!({"id": id, "ok": ok}),
        Some(Err(message)) => json!({"id": id, "error": {"message": message}}),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", answer(&serde_json::from_str(&line?)?))?;
        out.flush()?;
    }
    Ok(())
}
