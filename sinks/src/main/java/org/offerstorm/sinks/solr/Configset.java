package org.offerstorm.sinks.solr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** conf/solr/offers as it is on the class path, so also in the jar. */
public final class Configset {
    /** Name that it has on a server. */
    static final String NAME = "offers";

    private static final String DIRECTORY = "conf/solr/offers/conf/";
    private static final String SCHEMA = "schema.xml";

    /** All of them, in one directory. */
    static final List<String> FILES = List.of(
            SCHEMA,
            "solrconfig.xml",
            "synonyms.txt",
            "stopwords.txt",
            "stems.txt",
            "articles.txt",
            "mapping.txt",
            "spellings.txt");

    /** A field of the schema; the name may end with {@code *}. */
    record Field(String name, String type, boolean indexed, boolean stored, boolean docValues) {}

    private Configset() {}

    /** Writes them all into a directory that is there, over what it has of these names. */
    public static void copyTo(Path directory) throws IOException {
        for (String file : FILES) {
            try (InputStream in = open(file)) {
                Files.copy(in, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * Words that are not indexed, in lower case and without accents, unless somebody changed the list on the server.
     *
     * @throws UncheckedIOException if the jar is not whole
     */
    public static Set<String> stopWords() {
        try (InputStream in = open("stopwords.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(String::strip)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the Configsets API takes. */
    static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String file : FILES) {
                zip.putNextEntry(new ZipEntry(file));
                try (InputStream in = open(file)) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** The schema's fields by name, those by pattern too. */
    static Map<String, Field> fields() throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        List<Element> all = new ArrayList<>(elements("field"));
        all.addAll(elements("dynamicField"));
        for (Element field : all) {
            fields.put(
                    field.getAttribute("name"),
                    new Field(
                            field.getAttribute("name"),
                            byDefault(field.getAttribute("type")),
                            Boolean.parseBoolean(field.getAttribute("indexed")),
                            Boolean.parseBoolean(field.getAttribute("stored")),
                            Boolean.parseBoolean(field.getAttribute("docValues"))));
        }
        return fields;
    }

    /** The schema's types. */
    static List<Element> fieldTypes() throws IOException {
        return elements("fieldType");
    }

    private static List<Element> elements(String name) throws IOException {
        Document document;
        try (InputStream in = open(SCHEMA)) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(DIRECTORY + SCHEMA + " of the class path is not XML", e);
        }
        List<Element> elements = new ArrayList<>();
        NodeList nodes = document.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** What {@code ${property:default}} is where the server does not set the property. */
    private static String byDefault(String value) {
        return value.startsWith("${") ? value.substring(value.indexOf(':') + 1, value.length() - 1) : value;
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = Configset.class.getClassLoader().getResourceAsStream(DIRECTORY + file);
        if (in == null) {
            throw new IOException("the class path has no " + DIRECTORY + file + "; build the jar again");
        }
        return in;
    }
}
