# The register of letters, directions, drafts, the chain of letters.
