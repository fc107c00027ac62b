package org.offerstorm.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTest {
    /** Time on a processor: a pause of the machine, or of Java, is not the text's. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "plain | plain",
                "<p>a</p><p>b</p> | a~b",
                "<div><p>a</p></div><div>b</div> | a~b",
                "a<br>b<br/><br />c<br><br><br>d | a~b~~c~~d",
                "<ul><li>x</li><li>y</li></ul>z | x~y~z",
                "<b>a</b>b <i>c</i> | ab c",
                "<td>1</td><td>2</td> | 1 2",
                "a   b&nbsp; c<p> | a b c",
                "R&amp;D &lt;3 &eacute;t&#233; &#xE9; &euro; | R&D <3 été é €",
                "caf&eacute &unknown; a&b; &; &#; &#x; AT&T | caf&eacute &unknown; a&b; &; &#; &#x; AT&T",
                "&#146;&#150; &#0; &#xD800; &#x110000; | ’– � � �",
                "&#99999999999999999999; | &#99999999999999999999;",
                "a<script>if (a<b) alert('</p>')</script>b<style>p{}</style>c | abc",
                "a<SCRIPT src=x>1</ScRiPt >b | ab",
                "a<script>b | a",
                "a<!-- <p> -- > b -->c<!DOCTYPE html>d<?php x ?>e | acde",
                "a<!-- b | a",
                "<a href=\"x>y\" title='>'>link</a> | link",
                "<a href=x\">link</a> | link",
                "1 < 2 <3 a<b | 1 < 2 <3 a",
                "&lt;script&gt; | <script>",
                "</> a </ b> | a",
                "<h2>Title</h2>text | Title~text"
            })
    void html_becomes_its_text(String html, String text) {
        assertThat(HtmlText.of(html)).isEqualTo(text.replace('~', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "&lt;p&gt;Bake &amp;amp; decorate&lt;/p&gt; | Bake & decorate",
                "&lt;p&gt;a&amp;nbsp;b&lt;/p&gt;~~&lt;ul&gt;~&lt;li&gt;c&lt;/li&gt; | a b~c",
                "&lt;div class=&quot;x&quot;&gt;a&lt;/div&gt;b | a~b",
                "&#60;P&#62;a&#x3c;br /&#x3E;b | a~b",
                "&lt;script&gt;x()&lt;/script&gt;&lt;b&gt;a&lt;/b&gt; | a",
                "&lt;p&gt;a &amp;lt;p&amp;gt; b&lt;/p&gt; | a <p> b",
                "&lt;p>a | a"
            })
    void html_that_is_escaped_becomes_its_text(String html, String text) {
        assertThat(HtmlText.of(html.replace('~', '\n'))).isEqualTo(text.replace('~', '\n'));
        assertThat(HtmlText.isEscaped(html)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "List&lt;String&gt; &amp; b | List<String> & b",
                "&lt;script&gt; | <script>",
                "a &lt;b or c&gt; d | a <b or c> d",
                "a &lt;p | a <p",
                "&amp;lt;p&amp;gt; | &lt;p&gt;",
                "<b>a</b> writes &lt;p&gt; | a writes <p>",
                "plain | plain"
            })
    void other_entities_of_brackets_stay_text(String html, String text) {
        assertThat(HtmlText.of(html)).isEqualTo(text);
        assertThat(HtmlText.isEscaped(html)).isFalse();
    }

    @Test
    void a_text_without_tags_keeps_its_lines() {
        assertThat(HtmlText.of("a\n\n  b &amp; c\r\n1 < 2\n")).isEqualTo("a\n\n  b & c\r\n1 < 2\n");
        assertThat(HtmlText.of("<b>a</b>\n\n  b")).isEqualTo("a b");
        assertThat(HtmlText.of("")).isEmpty();
        assertThat(HtmlText.of("<p> &nbsp; </p>")).isEmpty();
        assertThat(HtmlText.of("<")).isEqualTo("<");
    }

    /** A quadratic reader would need minutes for one of them. */
    @Test
    void hostile_texts_take_linear_time() {
        for (String piece : List.of(
                "<",
                "<a ",
                "&lt;",
                "&lt;p ",
                "&lt;a a=",
                "&lt;p&gt;",
                "&lt;p&gt;&lt;!--",
                "&amp;lt;p&gt;",
                "<!--",
                "<script>",
                "<style></",
                "&",
                "&#",
                "&amp",
                "</",
                "<a href=\"",
                "<br",
                "<p>",
                "<?",
                "<script></script",
                "-->",
                "<!",
                "a<a='")) {
            String hostile = piece.repeat(1_000_000 / piece.length());
            long begin = THREADS.getCurrentThreadCpuTime();
            String text = HtmlText.of(hostile);
            assertThat(THREADS.getCurrentThreadCpuTime() - begin).as(piece).isLessThan(2_000_000_000L);
            assertThat(text.length()).isLessThanOrEqualTo(hostile.length());
        }
    }

    @Test
    void no_text_makes_it_fail_or_grow() {
        String[] pieces = {
            "<", ">", "&", ";", "#", "x41", "/", "p", "script", "!--", "--", " ", "\n", "\"", "'", "=", "é", "😀", "br"
        };
        Random random = new Random(20260101);
        for (int n = 0; n < 100_000; n++) {
            StringBuilder html = new StringBuilder();
            for (int i = random.nextInt(15); i > 0; i--) {
                html.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(HtmlText.of(html.toString()).length()).as("%s", html).isLessThanOrEqualTo(html.length());
        }
    }
}
