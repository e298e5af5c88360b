fn main() {
    println!("{}", serde_json::to_string_pretty(&shared::openapi::document()).unwrap());
}
