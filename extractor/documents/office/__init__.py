"""Files of office programs: text documents and spreadsheets, as archives of XML, and the older ones."""
