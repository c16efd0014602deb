"""The looks: layout, components, and how numbers and dates are written."""
