package org.noports.stories;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The bundles of {@code RogueCipher} and {@code RoguePolicy}, whose classes no other bundle has,
 * and what they shall do.
 */
final class RogueBundle {
  static final List<String> MISDEEDS =
      List.of("throws", "hangs", "gives out too little", "lies about what it has read");

  private static final String MISDEED = "noports.story.misdeed";
  private static final String FREE = "noports.story.free";
  private static final String FOLDER = "org/noports/stories/rogue/";

  private RogueBundle() {}

  /** The cipher's file; each has a symbolic name of its own, under which it is remembered. */
  static InputStream named(String symbolicName, String algorithm) throws IOException {
    Manifest manifest = manifest(symbolicName, "RogueCipher", "org.noports.api.cipher.jca");
    manifest.getMainAttributes().putValue("Rogue-Name", algorithm);
    return jar(manifest, "RogueCipher", "RogueCipher$1", "RogueCipher$2");
  }

  /** The policy evaluator's file. */
  static InputStream policy(String symbolicName) throws IOException {
    return jar(manifest(symbolicName, "RoguePolicy", "org.noports.api.policy"), "RoguePolicy");
  }

  private static Manifest manifest(String symbolicName, String activator, String imported) {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", symbolicName);
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue("Bundle-Activator", FOLDER.replace('/', '.') + activator);
    headers.putValue(
        "Import-Package", "org.noports.api,org.noports.api.cipher,org.osgi.framework," + imported);
    return manifest;
  }

  private static InputStream jar(Manifest manifest, String... classes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (String name : classes) {
        String path = FOLDER + name + ".class";
        jar.putNextEntry(new JarEntry(path));
        try (InputStream file = RogueBundle.class.getClassLoader().getResourceAsStream(path)) {
          file.transferTo(jar);
        }
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  /** From its next record, or question, on. */
  static void shall(String misdeed) {
    System.clearProperty(FREE);
    System.setProperty(MISDEED, misdeed);
  }

  static void behaves() {
    System.clearProperty(MISDEED);
  }

  /** Lets the threads go on that hang. */
  static void free() {
    behaves();
    System.setProperty(FREE, "true");
  }
}
