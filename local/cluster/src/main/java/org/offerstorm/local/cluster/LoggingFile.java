package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Path;

/** Log4j's settings for the servers without their own: everything goes to standard output. */
final class LoggingFile {
    private LoggingFile() {}

    static void write(Path file) throws IOException {
        SettingsFile.write(file, """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- Written at each start; changes are lost. -->
                <configuration>
                  <appenders>
                    <Console name="log" target="SYSTEM_OUT">
                      <PatternLayout charset="UTF-8" pattern="%d{ISO8601} %-5p %c{1.} [%t] %m{nolookups}%n%xEx"/>
                    </Console>
                  </appenders>
                  <loggers>
                    <!-- A line for each request to the NameNode. -->
                    <Logger name="org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit" level="warn"/>
                    <root level="info">
                      <appender-ref ref="log"/>
                    </root>
                  </loggers>
                </configuration>
                """);
    }
}
