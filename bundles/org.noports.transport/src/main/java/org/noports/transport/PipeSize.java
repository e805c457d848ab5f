package org.noports.transport;

import io.netty.channel.unix.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.util.Optional;

/**
 * Makes pipes as large as HAProxy's: one move then takes one of them, not sixteen. Java can ask
 * Linux for that once it can call C by itself (JDK 22); with an older one pipes stay as they are.
 */
final class PipeSize {
  /** What an unprivileged process may ask for, unless the system says otherwise: pipe(7). */
  private static final int LARGE = 1 << 20;

  /** 16 pages, as Linux makes them. */
  private static final int USUAL = 64 << 10;

  /** {@code F_SETPIPE_SZ}, fcntl(2). */
  private static final int SET_PIPE_SIZE = 1031;

  /** From here on {@code java.lang.foreign} is no preview. */
  private static final int FOREIGN = 22;

  private static final Optional<MethodHandle> FCNTL = fcntl();

  private PipeSize() {}

  /** What a pipe holds at most. */
  static int most() {
    return FCNTL.isPresent() ? LARGE : USUAL;
  }

  /** Tries; a pipe that the system leaves as it is serves as well, only slower. */
  static void enlarge(FileDescriptor pipe) {
    if (FCNTL.isPresent()) {
      try {
        int granted = (int) FCNTL.get().invokeExact(pipe.intValue(), SET_PIPE_SIZE, LARGE);
      } catch (Throwable e) {
        throw new IllegalStateException("C throws nothing", e);
      }
    }
  }

  private static Optional<MethodHandle> fcntl() {
    if (Runtime.version().feature() < FOREIGN) {
      return Optional.empty();
    }
    try {
      return Optional.of(bound());
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Forbidden to this process: the usual pipes do.
      return Optional.empty();
    }
  }

  /** {@code int fcntl(int, int, ...)} with one more int; by reflection, to compile for JDK 17. */
  private static MethodHandle bound() throws ReflectiveOperationException {
    Class<?> linkers = foreign("Linker");
    Class<?> options = foreign("Linker$Option");
    Object linker = linkers.getMethod("nativeLinker").invoke(null);
    Object library = linkers.getMethod("defaultLookup").invoke(linker);
    Optional<?> address =
        (Optional<?>)
            foreign("SymbolLookup").getMethod("find", String.class).invoke(library, "fcntl");
    Object variadic = Array.newInstance(options, 1);
    Array.set(variadic, 0, options.getMethod("firstVariadicArg", int.class).invoke(null, 2));
    return (MethodHandle)
        linkers
            .getMethod(
                "downcallHandle",
                foreign("MemorySegment"),
                foreign("FunctionDescriptor"),
                variadic.getClass())
            .invoke(linker, address.orElseThrow(), threeNumbersToOne(), variadic);
  }

  private static Object threeNumbersToOne() throws ReflectiveOperationException {
    Class<?> layouts = foreign("MemoryLayout");
    Object number = foreign("ValueLayout").getField("JAVA_INT").get(null);
    Object arguments = Array.newInstance(layouts, 3);
    for (int i = 0; i < 3; i++) {
      Array.set(arguments, i, number);
    }
    return foreign("FunctionDescriptor")
        .getMethod("of", layouts, arguments.getClass())
        .invoke(null, number, arguments);
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
