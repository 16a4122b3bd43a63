"""Step 5 print: HTML becomes a tagged PDF. The only place that knows WeasyPrint."""
