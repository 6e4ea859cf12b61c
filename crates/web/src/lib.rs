//! Server-rendered pages over the use cases.
