//! Sensitive data in text and files: rules, validators, masking.
