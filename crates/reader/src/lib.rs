//! Bytes of any office file to a plain document, with the problems that were met.
