package org.offerstorm.solr;

import java.io.IOException;
import java.io.Reader;
import org.apache.lucene.analysis.charfilter.BaseCharFilter;

/**
 * Hands on what needs no replacement by the run, not by the character. Gives offsets as Lucene's {@code MappingCharFilter}
 * does.
 */
final class QuickMappingCharFilter extends BaseCharFilter {
    private static final int BLOCK = 512;
    private static final char[] NOTHING = {};

    private final CharMapping mapping;

    /** Of the input, from {@code position} to {@code end}; one character more for {@link CharMapping#find}. */
    private final char[] block;

    private int position;
    private int end;
    private boolean wholeInput;

    /** What stands for the text that was found last; its first {@code replaced} characters are handed on. */
    private char[] replacement = NOTHING;

    private int replaced;

    /** Characters handed on. */
    private int written;

    QuickMappingCharFilter(CharMapping mapping, Reader in) {
        super(in);
        this.mapping = mapping;
        this.block = new char[Math.max(BLOCK, 2 * mapping.longest()) + 1];
    }

    @Override
    public int read(char[] target, int offset, int most) throws IOException {
        int to = offset;
        int stop = offset + most;
        while (to < stop) {
            if (replaced < replacement.length) {
                int count = Math.min(replacement.length - replaced, stop - to);
                System.arraycopy(replacement, replaced, target, to, count);
                replaced += count;
                written += count;
                to += count;
            } else if (!fill()) {
                break;
            } else {
                int count = plain(stop - to);
                System.arraycopy(block, position, target, to, count);
                position += count;
                written += count;
                to += count;
                if (to < stop) {
                    replaceHere();
                } // else offsets would change for what was handed on
            }
        }
        return to == offset && most > 0 ? -1 : to - offset;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    /** Makes sure that any text to be replaced that begins here is in the block whole; false at the input's end. */
    private boolean fill() throws IOException {
        if (!wholeInput && end - position < mapping.longest()) {
            System.arraycopy(block, position, block, 0, end - position);
            end -= position;
            position = 0;
            while (!wholeInput && end < mapping.longest()) {
                int count = input.read(block, end, block.length - 1 - end);
                wholeInput = count < 0;
                end += Math.max(0, count);
            }
        }
        return position < end;
    }

    /** Up to here the block tells whether a text to be replaced begins. */
    private int knownEnd() {
        return wholeInput ? end : end - mapping.longest() + 1;
    }

    /** How many of the next characters, at most so many, stay as they are. */
    private int plain(int most) {
        return mapping.find(block, position, Math.min(position + most, knownEnd()), end) - position;
    }

    private void replaceHere() {
        CharMapping.Rule rule = position < knownEnd() ? mapping.at(position, block, end) : null;
        if (rule != null) {
            shift(rule.from.length, rule.to.length);
            position += rule.from.length;
            replacement = rule.to;
            replaced = 0;
        }
    }

    /**
     * Characters behind a replacement come from {@code was - is} further in the input. Of a replacement that is longer than
     * what it replaces, what is too much comes from the end of that.
     */
    private void shift(int was, int is) {
        int shift = getLastCumulativeDiff();
        if (was > is) {
            addOffCorrectMap(written + is, shift + was - is);
        }
        for (int i = was; i < is; i++) {
            addOffCorrectMap(written + i, shift + was - i - 1);
        }
    }
}
