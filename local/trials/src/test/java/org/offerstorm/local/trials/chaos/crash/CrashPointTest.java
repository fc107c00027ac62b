package org.offerstorm.local.trials.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.offerstorm.local.trials.chaos.crash.agent.CrashPoint;
import org.offerstorm.local.trials.chaos.crash.agent.Hooks;
import org.offerstorm.local.trials.chaos.site.Fault;

/** The points are names; here they meet the product's classes. */
class CrashPointTest {
    @ParameterizedTest
    @EnumSource
    void its_method_exists_once(CrashPoint point) throws Exception {
        assertThat(methods(point.className(), point.methodName()))
                .as("%s#%s", point.className(), point.methodName())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void the_method_that_it_must_be_called_from_exists(CrashPoint point) throws Exception {
        if (point.within().isPresent()) {
            String[] within = point.within().get().split("#", -1);
            assertThat(methods(within[0], within[1])).as(point.within().get()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void its_class_can_still_be_loaded_with_the_hooks_in_it(CrashPoint point) throws Exception {
        Class<?> hooked = new HookedClasses().loadClass(point.className());

        assertThat(hooked.getClassLoader()).isInstanceOf(HookedClasses.class);
        assertThat(hooked.getDeclaredMethods()).isNotEmpty(); // resolves and verifies it
        Class.forName(hooked.getName(), true, hooked.getClassLoader());
    }

    @Test
    void each_is_a_fault_with_a_name_and_a_sentence() {
        List<Fault> faults = CrashFault.all().stream().map(each -> each.get()).toList();

        assertThat(faults).hasSameSizeAs(CrashPoint.values());
        assertThat(faults)
                .extracting(Fault::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("crash-[a-z-]+"));
        assertThat(faults).extracting(Fault::description).allMatch(text -> text.matches("Ends a worker .*\\."));
    }

    private static List<Method> methods(String className, String name) throws ClassNotFoundException {
        return Arrays.stream(Class.forName(className).getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && !method.isSynthetic())
                .toList();
    }

    /** As the JVM with the agent; packages as a whole, for half of a package would not see the other half. */
    private static final class HookedClasses extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.offerstorm.sinks.") && !name.startsWith("org.offerstorm.spouts.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] hooked = Hooks.into(name, in.readAllBytes());
                return defineClass(name, hooked, 0, hooked.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
