"""Events: triggers, their roles, what is told again or inside one another, and merging within the document."""
