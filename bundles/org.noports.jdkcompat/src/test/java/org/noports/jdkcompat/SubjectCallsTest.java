package org.noports.jdkcompat;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import java.io.IOException;
import java.io.InputStream;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import org.junit.Test;

/** Every class here is woven as the framework would do it, then loaded and run. */
public class SubjectCallsTest {
  /** Asks as Karaf's shell does. */
  @SuppressWarnings("removal")
  public static final class Asks implements Supplier<Subject> {
    static final long WIDE = System.nanoTime() + 0x1234567890L;

    @Override
    public Subject get() {
      AccessControlContext context = AccessController.getContext();
      return Subject.getSubject(context);
    }
  }

  @Test
  public void aWovenClassFindsTheSubjectOfItsThread() throws Exception {
    Subject subject = new Subject();
    Supplier<Subject> asks = woven();
    assertSame(subject, CurrentSubject.doAs(subject, asks::get));
  }

  @Test
  public void aThreadStartedForASubjectFindsItToo() throws Exception {
    Subject subject = new Subject();
    Supplier<Subject> asks = woven();
    CompletableFuture<Subject> found = new CompletableFuture<>();
    CurrentSubject.doAs(
        subject,
        () -> {
          new Thread(() -> found.complete(asks.get())).start();
          return null;
        });
    assertSame(subject, found.get(60, TimeUnit.SECONDS));
  }

  @Test
  public void afterwardsNobodyIsLeftBehind() throws Exception {
    CurrentSubject.doAs(new Subject(), () -> null);
    assertEquals(null, woven().get());
  }

  @Test
  public void aClassWithoutTheCallsIsLeftAlone() throws Exception {
    byte[] bytes = bytesOf(ConstantPool.class);
    assertSame(bytes, SubjectCalls.retarget(bytes));
  }

  @SuppressWarnings("unchecked")
  private static Supplier<Subject> woven() throws Exception {
    byte[] bytes = SubjectCalls.retarget(bytesOf(Asks.class));
    ClassLoader loader =
        new ClassLoader(SubjectCallsTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Asks.class.getName())
                ? defineClass(name, bytes, 0, bytes.length)
                : super.loadClass(name, resolve);
          }
        };
    Class<?> type = loader.loadClass(Asks.class.getName());
    return (Supplier<Subject>) type.getConstructor().newInstance();
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }
}
