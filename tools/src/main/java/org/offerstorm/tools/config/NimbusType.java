package org.offerstorm.tools.config;

import java.util.Arrays;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.core.option.ServerListType;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.text.PlainText;

/** Where Nimbus listens: {@code host:port}, several with one port (Storm has one for all), or {@link #FROM_STORM}. */
final class NimbusType implements ValueType<String> {
    /** Storm's own configuration says it. */
    static final String FROM_STORM = TopologyConfig.NIMBUS_OF_STORM;

    private final ServerListType servers = new ServerListType();

    @Override
    public String parse(String text) {
        if (text.strip().equals(FROM_STORM)) {
            return FROM_STORM;
        }
        String addresses = servers.parse(text);
        if (Arrays.stream(addresses.split(",", -1))
                        .map(address -> address.substring(address.lastIndexOf(':')))
                        .distinct()
                        .count()
                > 1) {
            throw new IllegalArgumentException("'" + PlainText.excerpt(addresses)
                    + "' has more than one port; write one for all, Storm knows one nimbus.thrift.port");
        }
        return addresses;
    }

    @Override
    public String allowed() {
        return "host:port, several separated by commas with one port, or " + FROM_STORM;
    }
}
