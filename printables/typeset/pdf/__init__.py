"""What is done to the PDF before it is written: tags, form fields, page numbers, sheets."""
