package org.offerstorm.dashboard.web;

import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/** A proxy in front of a dashboard, as people run one: it keeps the header {@code Host}, and serves one prefix. */
final class ReverseProxy implements AutoCloseable {
    private final Undertow server;
    private final String prefix;

    /**
     * @param prefix such as {@code /jobs}
     * @param target what takes the place of the prefix: {@code http://127.0.0.1:8080} removes it,
     *     {@code http://127.0.0.1:8080/jobs} keeps it
     */
    ReverseProxy(String prefix, String target) {
        this.prefix = prefix;
        ProxyHandler proxy = ProxyHandler.builder()
                .setProxyClient(new LoadBalancingProxyClient().addHost(URI.create(target)))
                .build();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new PathHandler().addPrefixPath(prefix, proxy))
                .build();
        server.start();
    }

    int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** Where the page is for those who know this machine by {@code host}. */
    String url(String host) {
        return "http://" + host + ":" + port() + prefix + "/";
    }

    @Override
    public void close() {
        server.stop();
    }
}
