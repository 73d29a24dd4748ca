"""Files of answers, in and out: CSV, a workbook, SPSS, and the codebook that says what their columns mean."""
