"""The commands of the command line, a file for each part of the work; `framing.cli` puts them together."""
