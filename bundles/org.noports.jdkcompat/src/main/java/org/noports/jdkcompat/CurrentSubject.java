package org.noports.jdkcompat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AccessControlContext;
import java.security.PrivilegedAction;
import javax.security.auth.Subject;

/**
 * Who the shell works for, on this thread and on the threads it starts: pipes and consoles run on
 * threads of their own, and a scoped subject (JDK 24 and later) does not follow them there.
 */
public final class CurrentSubject {
  private static final InheritableThreadLocal<Subject> INHERITED = new InheritableThreadLocal<>();
  private static final MethodHandle CURRENT = current();

  private CurrentSubject() {}

  /** Stands for {@code Subject.getSubject}: the subject in force here, or null as there. */
  @SuppressWarnings("removal") // The signature of the call that is replaced.
  public static Subject getSubject(AccessControlContext context) {
    Subject scoped = scoped();
    return scoped != null ? scoped : INHERITED.get();
  }

  /** Stands for {@code JaasHelper.doAs}. */
  public static <T> T doAs(Subject subject, PrivilegedAction<T> action) {
    Subject before = INHERITED.get();
    INHERITED.set(subject);
    try {
      return Subject.doAs(subject, action);
    } finally {
      INHERITED.set(before);
    }
  }

  private static Subject scoped() {
    try {
      return CURRENT == null ? null : (Subject) CURRENT.invokeExact();
    } catch (Throwable impossible) {
      throw new AssertionError("Subject.current does not throw", impossible);
    }
  }

  /** {@code Subject.current}, which is newer (JDK 18) than what we compile for. */
  private static MethodHandle current() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(Subject.class, "current", MethodType.methodType(Subject.class));
    } catch (ReflectiveOperationException older) {
      return null;
    }
  }
}
