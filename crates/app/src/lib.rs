//! One function per use case; the only caller of the store.
