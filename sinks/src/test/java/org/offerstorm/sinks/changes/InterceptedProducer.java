package org.offerstorm.sinks.changes;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes real producers of which a test sees each call, and may fail or delay it. */
final class InterceptedProducer {
    private InterceptedProducer() {}

    /** What a test does around calls. */
    interface Calls {
        /** Before the client does it; an exception is what the caller gets in its place. */
        default void before(String method, Producer<byte[], byte[]> producer) throws Exception {}

        /** After the client has done it; an exception is what the caller gets in place of its answer. */
        default void after(String method, Producer<byte[], byte[]> producer) throws Exception {}
    }

    static Function<Map<String, Object>, Producer<byte[], byte[]>> with(Calls calls) {
        return properties -> {
            Producer<byte[], byte[]> real =
                    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
            @SuppressWarnings("unchecked")
            Producer<byte[], byte[]> intercepted = (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                    Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                        calls.before(method.getName(), real);
                        Object result;
                        try {
                            result = method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        calls.after(method.getName(), real);
                        return result;
                    });
            return intercepted;
        };
    }
}
