package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people send who want more than offers. The answer is 400 with a message, or results as harmless as those of any
 * words; never 500, never a deleted offer or one of the sink's own documents, never another core or host.
 */
class HostileQueriesTest {
    @TempDir
    static Path directory;

    private static SearchFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new SearchFixture(directory);
        fixture.write(SampleOffers.deletionOf("guard"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    /** Texts in the place of words: all are answered with 200. */
    static List<String> texts() {
        return List.of(
                "{!lucene}*:*",
                "{!func}recip(1,1,1,1)",
                "{!join from=id to=id fromIndex=other}*:*",
                "{!xmlparser v='<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x\"><a/>'}",
                "{!parent which=deleted:true}",
                "{!term f=id}guard",
                "{!rerank reRankQuery=*:*}",
                "_query_:\"{!lucene}deleted:true\"",
                "_val_:\"id\"",
                "deleted:true",
                "+deleted:true",
                "-deleted:true OR deleted:true",
                "id:guard",
                "version:[0 TO *]",
                "source:*",
                "*:* OR *:*",
                "*",
                "?",
                "***???***",
                "a* b* c* d* e* f* g* h* i* j* k* l* m* n* o* p* q* r*",
                "*a*b*c*d*e*f*g*h*i*j*k*l*m*n*o*p*",
                "/.*.*.*.*.*.*(a|b|c|d|e)+.*/",
                "developer~9999",
                "\"a b\"~999999999",
                "java^1e308",
                "java^-1",
                "((((((((((((((((((((((((((((((((((((((((((((((",
                "))))",
                "\"",
                "\"\"\"\"\"",
                "\\",
                "\\\\\\\"",
                "AND OR NOT",
                "java AND",
                "NOT java",
                "- - - -",
                "+ + +",
                "&& || !",
                "[* TO *]",
                "{* TO *}",
                "name:[a TO z]",
                "${solr.data.dir} ${env:PATH} $q $filter.id",
                "<script>alert(1)</script>",
                "' onmouseover='alert(1)",
                "../../etc/passwd",
                "java&shards=127.0.0.1:1/solr&qt=/verify",
                "java\r\nHost: other",
                "nul\u0000l \u0001\u0002\u001f\u007f\u0085",
                "\u202Etxet \u2066\u2069\uFEFF",
                "𝕵𝖆𝖛𝖆 🚀🚀🚀 👨‍👩‍👧‍👦",
                "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
                "\uFFFF\uFFFE\uE000",
                "words:a*",
                "x".repeat(300),
                "a ".repeat(150),
                "\u0130\u0131\uFB01\u1E9E");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void hostile_text_is_searched_for_as_words(String text) throws Exception {
        for (String more : List.of(
                "",
                "&typing=true",
                "&category=" + SearchFixture.encode(text.substring(0, Math.min(200, text.length()))))) {
            assertHarmless("api/offers?rows=100&q=" + SearchFixture.encode(text) + more);
        }
        assertHarmless("api/suggest?q=" + SearchFixture.encode(text));
        assertHarmless("api/offers?contract=" + SearchFixture.encode(text.substring(0, Math.min(200, text.length()))));
    }

    /** Parameters that mean nothing here, or too much. */
    static List<String> refused() {
        return List.of(
                "shards=127.0.0.1:1/solr",
                "qt=/verify",
                "stream.body=%3Cdelete/%3E",
                "stream.url=http://127.0.0.1:1/",
                "fq=deleted:true",
                "fl=*",
                "wt=xslt",
                "defType=lucene",
                "debug=true",
                "collection=other",
                "json=%7Bquery:'*:*'%7D",
                "rows=1e9",
                "rows=1000000000",
                "rows=0",
                "rows=-1",
                "rows=101",
                "rows=NaN",
                "start=1000000",
                "q=" + "x".repeat(301),
                "q=" + "%20x".repeat(5_000),
                "q=a&q=b",
                "near=48.85,2.35&radius=-5km",
                "near=48.85,2.35&radius=NaN",
                "near=48.85,2.35&radius=1e9km",
                "near=48.85,2.35&radius=0",
                "near=48.85,2.35&radius=30parsec",
                "near=NaN,NaN",
                "near=91,0",
                "near=0,181",
                "near=48.85",
                "near=48.85,2.35,1",
                "near=48,85;2,35",
                "near=48.85,2.35%20d=20000",
                "near=Infinity,0",
                "near=0x10,1",
                "radius=30km",
                "sort=nearest",
                "sort=id%20desc",
                "sort=score%20desc,version%20asc",
                "continent=XX",
                "continent=EU%20OR%20*",
                "profession=1%20OR%201",
                "profession=99999999999999999999",
                "category=" + "x".repeat(201),
                "continent=__proto__",
                "profession="
                        + String.join(
                                "&profession=",
                                IntStream.range(0, 21)
                                        .mapToObj(Integer::toString)
                                        .toList()),
                "from=yesterday",
                "from=2026-13-45",
                "from=-999999999-01-01T00:00:00Z",
                "from=%2B10000-01-01T00:00:00Z",
                "to=NOW/DAY]%20OR%20*",
                "published=7",
                "published=99999d",
                "published=-1d",
                "published=7d&from=2026-01-01",
                "box=1,2,3",
                "box=0,50,10,40",
                "box=-181,0,0,0",
                "box=NaN,NaN,NaN,NaN",
                "box=1,2,3,4]%20OR%20*",
                "heat=0,0,1e400,1",
                "typing=maybe",
                "cursor=*",
                "cursor=AoEpb2ZmZXItMQ==",
                "cursor=" + "A".repeat(10_000),
                "cursor=%00%ff",
                "cursor=..%2F..%2F");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_means_nothing_is_refused_with_the_reason(String parameters) throws Exception {
        HttpResponse<String> response = fixture.get("api/offers?" + parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("\"error\":\"").doesNotContain("Exception", "solr.", "at org.");
    }

    @Test
    void fields_and_operators_have_no_meaning() throws Exception {
        assertThat(fixture.ids("q=java")).hasSize(2);
        for (String query :
                List.of("name:java", "java OR infirmier", "words:jav*", "(java)^2 OR kiosk", "[java TO javb]")) {
            assertThat(fixture.ids("q=" + SearchFixture.encode(query)))
                    .as(query)
                    .isEmpty();
        }
    }

    @Test
    void tampered_cursor_never_reaches_solr() throws Exception {
        String cursor = fixture.json("api/offers?rows=1").get("next").asText();
        assertThat(fixture.get("api/offers?rows=1&cursor=" + cursor).statusCode())
                .isEqualTo(200);
        for (int i = 0; i < cursor.length(); i += 3) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThat(fixture.get("api/offers?rows=1&cursor=" + tampered).statusCode())
                    .isEqualTo(400);
        }
        assertThat(fixture.get("api/offers?rows=1&sort=newest&cursor=" + cursor).statusCode())
                .isEqualTo(400);
    }

    @Test
    void ids_name_offers_alone() throws Exception {
        for (String id : List.of(
                "guard", "%20", "%20%20", "*", "devops-paris%20OR%20*", "..%2F..%2Fadmin", "%00", "{!lucene}*")) {
            assertThat(fixture.get("api/offers/" + id.replace("{", "%7B").replace("}", "%7D"))
                            .statusCode())
                    .as(id)
                    .isIn(400, 404);
        }
        assertThat(fixture.json("api/offers/devops-paris").get("name").asText()).isEqualTo("DevOps Engineer, Paris");
    }

    @Test
    void bytes_that_are_no_text_are_no_server_error() throws Exception {
        // Half surrogate pairs, overlong forms, cut sequences and unfinished escapes, as no client library would send
        // them.
        for (String query : List.of("%ED%A0%80", "%C0%AF", "%E2%82", "%FF%FE", "%", "%zz", "%u0041", "\u00e9")) {
            for (String parameter : List.of("q=", "category=", "near=")) {
                assertThat(statusOf("/api/offers?" + parameter + query))
                        .as(parameter + query)
                        .isIn(200, 400);
            }
            assertThat(statusOf("/api/offers/" + query)).as(query).isIn(400, 404);
        }
    }

    @Test
    void another_server_is_never_asked() throws Exception {
        try (ServerSocket trap = new ServerSocket(0)) {
            trap.setSoTimeout(500);
            String there = "127.0.0.1:" + trap.getLocalPort() + "/solr/offers";
            for (String query : List.of(
                    "q=java&shards=" + there,
                    "q=" + SearchFixture.encode("java&shards=" + there),
                    "q=" + SearchFixture.encode("{!lucene shards=" + there + "}java"),
                    "q=java&category=" + SearchFixture.encode("x&shards=" + there),
                    "stream.url=http://" + there)) {
                assertThat(fixture.get("api/offers?" + query).statusCode()).isIn(200, 400);
            }
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(trap::accept);
        }
    }

    private static void assertHarmless(String path) throws Exception {
        HttpResponse<String> response = fixture.get(path);
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("\"id\":\"guard\"", "\"id\":\" ", "Zk2TqRr3S2mYxJ0nV8c1aA");
    }

    private static int statusOf(String target) throws Exception {
        URI server = URI.create(fixture.url());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return Integer.parseInt(line.split(" ", -1)[1]);
        }
    }
}
