"""The recipe that turns a published fp32 network into the file that ships."""
