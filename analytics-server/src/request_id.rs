//! The id of the request that is being answered: it stands in every line of the log, in the answer, and on
//! a page that tells of a fault.

tokio::task_local! {
    static ID: String;
}

/// The id of the request that is being answered, if one is.
pub fn request_id() -> Option<String> {
    ID.try_with(Clone::clone).ok()
}

/// Answers a request under an id.
pub async fn with_request_id<T>(id: String, answer: impl Future<Output = T>) -> T {
    ID.scope(id, answer).await
}
