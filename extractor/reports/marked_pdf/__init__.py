"""The PDF itself with its claims marked: ``notes`` says what is marked and how, ``pdf`` puts it on the pages."""
