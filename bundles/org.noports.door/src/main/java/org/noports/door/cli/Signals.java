package org.noports.door.cli;

import java.lang.reflect.Proxy;

/**
 * Tells of a signal of this process. {@code sun.misc.Signal} is the JDK's only way to learn of
 * Ctrl-C without ending; it is reached by reflection because javac warns of it whatever one does.
 */
final class Signals {
  private Signals() {}

  /** Calls {@code action} on each signal of that name, where the platform has it. */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
      // Then the signal does what it does by default, which ends this process and the call.
    }
  }
}
