package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.offerstorm.local.cluster.Listeners.Listener;

class ListenersTest {
    @Test
    void addresses_are_read_as_linux_writes_them() {
        assertThat(Listeners.parse("0100007F:1F90")).isEqualTo(new Listener(8080, true));
        assertThat(Listeners.parse("00000000:1F90")).isEqualTo(new Listener(8080, false));
        assertThat(Listeners.parse("00000000000000000000000001000000:0050")).isEqualTo(new Listener(80, true));
        assertThat(Listeners.parse("0000000000000000FFFF00000100007F:0050")).isEqualTo(new Listener(80, true));
        assertThat(Listeners.parse("00000000000000000000000000000000:0050")).isEqualTo(new Listener(80, false));
    }

    @Test
    void a_process_sees_its_own_sockets() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "no Linux");
        try (ServerSocket everywhere = new ServerSocket(0);
                ServerSocket here = new ServerSocket()) {
            here.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThat(Listeners.of(ProcessHandle.current().pid()))
                    .contains(new Listener(everywhere.getLocalPort(), false), new Listener(here.getLocalPort(), true));
            assertThat(Listeners.whoListens(here.getLocalPort()))
                    .contains("process " + ProcessHandle.current().pid());
        }
    }
}
