package org.noports.jdkcompat;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Does the same on a plain class path, where no framework weaves: unit tests that use Karaf's shell
 * start the JVM with this bundle as its agent.
 */
public final class Agent {
  private Agent() {}

  /** Called by the JVM before the program's {@code main}. */
  public static void premain(String arguments, Instrumentation jvm) {
    if (Activator.isNeeded()) {
      jvm.addTransformer(
          new ClassFileTransformer() {
            @Override
            public byte[] transform(
                ClassLoader loader,
                String name,
                Class<?> type,
                ProtectionDomain domain,
                byte[] classFile) {
              return name != null && name.startsWith("org/apache/karaf/")
                  ? SubjectCalls.retarget(classFile)
                  : null;
            }
          });
    }
  }
}
