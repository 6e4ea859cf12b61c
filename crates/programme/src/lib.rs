//! The model: units, letters, obligations, tasks, evidence, events, rates and roll-up. Pure.
