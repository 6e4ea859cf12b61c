//! Technical inspection: collect facts of an asset, judge them by checks that are data.
