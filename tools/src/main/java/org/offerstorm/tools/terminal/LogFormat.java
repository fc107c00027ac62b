package org.offerstorm.tools.terminal;

import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.LayoutComponentBuilder;
import org.offerstorm.core.text.PlainText;

/** How log lines are written. The environment variable {@value #VARIABLE} says which; {@code text} unless it does. */
public enum LogFormat {
    /** Lines for people. */
    TEXT,
    /** JSON objects in the fields of the Elastic Common Schema, one on a line, by log4j's own template. */
    ECS;

    /** Name of the environment variable. */
    public static final String VARIABLE = "OFFERSTORM_LOG_FORMAT";

    /** The layout in a configuration file of log4j. */
    public static final String ECS_ELEMENT = "<JsonTemplateLayout eventTemplateUri=\"classpath:EcsLayout.json\"/>";

    private static final String TEMPLATE_LAYOUT = "JsonTemplateLayout";
    private static final String TEMPLATE_CLASS = "org.apache.logging.log4j.layout.template.json.JsonTemplateLayout";

    /**
     * The chosen one.
     *
     * @throws IllegalArgumentException if the variable holds another word
     */
    public static LogFormat of(Map<String, String> environment) {
        String word = environment.getOrDefault(VARIABLE, "").strip().toUpperCase(Locale.ROOT);
        if (word.isEmpty() || word.equals(TEXT.name())) {
            return TEXT;
        }
        if (word.equals(ECS.name())) {
            return ECS;
        }
        throw new IllegalArgumentException(
                VARIABLE + " is '" + PlainText.excerpt(environment.get(VARIABLE)) + "'; it must be text or ecs");
    }

    /**
     * The format of this process. A wrong word, or a class path without log4j-layout-template-json, is reported on standard error,
     * and means text.
     */
    static LogFormat ofProcess() {
        try {
            LogFormat format = of(System.getenv());
            if (format == ECS) {
                Class.forName(TEMPLATE_CLASS, false, LogFormat.class.getClassLoader());
            }
            return format;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        } catch (ClassNotFoundException e) {
            System.err.println(VARIABLE + "=ecs needs log4j-layout-template-json on the class path, which this program"
                    + " does not have; logging text (./offerstorm has it)");
        }
        return TEXT;
    }

    /**
     * A layout of this process's format.
     *
     * @param pattern of text
     */
    public static LayoutComponentBuilder layout(ConfigurationBuilder<?> builder, String pattern) {
        return ofProcess() == ECS
                ? builder.newLayout(TEMPLATE_LAYOUT).addAttribute("eventTemplateUri", "classpath:EcsLayout.json")
                : builder.newLayout("PatternLayout").addAttribute("pattern", pattern);
    }
}
