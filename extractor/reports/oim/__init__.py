"""Claims as a report of the Open Information Model (xBRL-JSON 1.0) with its taxonomy."""
