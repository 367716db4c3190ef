"""Working papers: a result as a workbook in which findings are decided; ``papers`` writes it, a file a sheet."""
