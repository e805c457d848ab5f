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

/** The bundle of {@code RogueCipher}, whose classes no other bundle has, and what it shall do. */
final class RogueBundle {
  static final List<String> MISDEEDS =
      List.of("throws", "hangs", "gives out too little", "lies about what it has read");

  private static final String MISDEED = "noports.story.misdeed";
  private static final String FREE = "noports.story.free";
  private static final String FOLDER = "org/noports/stories/rogue/";

  private RogueBundle() {}

  /** Its file; each has a symbolic name of its own, under which it is remembered. */
  static InputStream named(String symbolicName, String algorithm) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", symbolicName);
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue("Bundle-Activator", "org.noports.stories.rogue.RogueCipher");
    headers.putValue("Rogue-Name", algorithm);
    headers.putValue(
        "Import-Package",
        "org.noports.api,org.noports.api.cipher,org.noports.api.cipher.jca,org.osgi.framework");
    var bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (String name : List.of("RogueCipher", "RogueCipher$1", "RogueCipher$2")) {
        String path = FOLDER + name + ".class";
        jar.putNextEntry(new JarEntry(path));
        try (InputStream file = RogueBundle.class.getClassLoader().getResourceAsStream(path)) {
          file.transferTo(jar);
        }
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  /** From its next record on. */
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
