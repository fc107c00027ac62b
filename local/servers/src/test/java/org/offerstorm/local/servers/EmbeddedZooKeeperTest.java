package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedZooKeeperTest {
    @TempDir
    private Path temp;

    @Test
    void keeps_its_nodes_over_a_restart_on_the_same_port() throws Exception {
        int port;
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(temp, 0);
                ZooKeeper client = connect(server)) {
            port = server.port();
            client.create("/kept", new byte[] {7}, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }

        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(temp, port);
                ZooKeeper client = connect(server)) {
            assertThat(client.getData("/kept", false, null)).containsExactly(7);
        }
    }

    @Test
    void says_that_its_port_is_taken() throws Exception {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(temp.resolve("a"), 0)) {
            assertThatThrownBy(() -> EmbeddedZooKeeper.start(temp.resolve("b"), server.port()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(server.address());
        }
    }

    private static ZooKeeper connect(EmbeddedZooKeeper server) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper(server.address(), 30_000, event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        connected.await();
        return client;
    }
}
