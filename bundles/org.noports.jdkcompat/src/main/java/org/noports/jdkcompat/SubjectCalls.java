package org.noports.jdkcompat;

import java.util.List;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Retargets, in Karaf's own bundles, the calls that find and set the current subject. */
final class SubjectCalls implements WeavingHook {
  private static final String TARGET = "org/noports/jdkcompat/CurrentSubject";
  private static final List<ConstantPool.Method> CALLS =
      List.of(
          new ConstantPool.Method(
              "javax/security/auth/Subject",
              "getSubject",
              "(Ljava/security/AccessControlContext;)Ljavax/security/auth/Subject;"),
          new ConstantPool.Method(
              "org/apache/karaf/util/jaas/JaasHelper",
              "doAs",
              "(Ljavax/security/auth/Subject;Ljava/security/PrivilegedAction;)Ljava/lang/Object;"));

  @Override
  public void weave(WovenClass woven) {
    if (!woven.getBundleWiring().getBundle().getSymbolicName().startsWith("org.apache.karaf.")) {
      return;
    }
    byte[] before = woven.getBytes();
    byte[] after = retarget(before);
    if (after != before) {
      woven.getDynamicImports().add("org.noports.jdkcompat");
      woven.setBytes(after);
    }
  }

  /** The class with its calls retargeted; the very same array when it makes none of them. */
  static byte[] retarget(byte[] classFile) {
    return ConstantPool.of(classFile).retarget(CALLS, TARGET);
  }
}
