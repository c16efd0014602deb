"""The conformity page: built once here, shown to office leaders and to analysts by their own rooms."""
