#!/usr/bin/env bash
# The words of docs/style.md: no phrase of its table is in the files below, and no line of the documentation is too long.
# Reads tracked files alone. 'prose.sh PATH...' checks these paths instead.
set -euo pipefail
cd "$(dirname "$0")/../.."

# What is checked: git pathspecs.
paths=(':(glob)*.md' docs deploy conf .ci offerstorm '*.java' '*.js' '*.html' '*.css' '*.sh' '*.lua')
kinds='\.(md|java|sh|inc|js|html|css|yaml|yml|xml|lua|properties|env)$|^offerstorm$|^\.ci/run$'
[ $# -eq 0 ] || paths=("$@")

mapfile -t files < <(git ls-files -- "${paths[@]}" | grep -E "$kinds")
[ "${#files[@]}" -gt 0 ] || {
    echo "no file to check: ${paths[*]}" >&2
    exit 1
}
# Bytes, not the locale's characters: every awk counts these alike.
LC_ALL=C awk -v style=docs/style.md '
    # Words in lower case, single blanks between them, " | " for everything that separates words but a blank. What is
    # only markup in a comment, a page or the name of a test is a blank. --beside is the name of an option.
    function words(text) {
        text = tolower(text)
        gsub(/--beside/, "|", text)
        sub(/^[ \t]*(\/\/+|\/\*+|#+|--|<!--|\*+|>)[ \t]+/, "", text)
        gsub(/[_`*\t\r]/, " ", text)
        gsub(/[^a-z\047 ]+/, " | ", text)
        gsub(/  +/, " ", text)
        gsub(/there is no /, "there-is-no ", text)
        return text
    }
    function trim(text) {
        gsub(/^ +| +$/, "", text)
        return text
    }
    function complain(text) {
        print FILENAME ":" FNR ": " text
        failed = 1
    }
    # Characters of UTF-8 text.
    function characters(text) {
        gsub(/[\200-\277]/, "", text)
        return length(text)
    }
    BEGIN {
        while ((getline line < style) > 0) {
            if (split(line, cell, "|") != 5 || cell[3] !~ /`/) {
                continue
            }
            count = split(cell[3], part, "`")
            for (i = 2; i < count; i += 2) {
                phrases++
                phrase[phrases] = part[i]
                needle[phrases] = " " trim(part[i]) " "
                better[phrases] = trim(cell[2])
                everywhere[phrases] = trim(cell[4]) == "everywhere"
            }
        }
        if (phrases < 20) {
            print style ": its table of words cannot be read"
            failed = 1
            exit
        }
    }
    FNR == 1 {
        before = ""
        fenced = 0
        page = FILENAME ~ /\.md$/
    }
    {
        # In a page what is between backticks is a name, not prose.
        here = $0
        if (page) {
            gsub(/`[^`]+`/, " | ", here)
        }
        here = trim(words(here))
        both = " " before " " here " "
        gsub(/  +/, " ", both)
        for (i = 1; i <= phrases; i++) {
            if (!everywhere[i] && !page || !index(both, needle[i])) {
                continue
            }
            # On this line, or across the line break before it.
            if (index(" " here " ", needle[i]) || !index(" " before " ", needle[i])) {
                complain("\"" phrase[i] "\"; write: " better[i])
            }
        }
        before = here
    }
    page && /^ *```/ {
        fenced = !fenced
        next
    }
    page && !fenced && !/^\|/ && !/^    / && length($0) > 120 {
        # A link cannot be broken: its target does not count.
        text = $0
        gsub(/\]\([^)]*\)/, "]", text)
        if (text ~ / / && characters(text) > 120) {
            complain(characters($0) " characters; a line has at most 120")
        }
    }
    END { exit failed }' "${files[@]}"
echo "${#files[@]} files"
