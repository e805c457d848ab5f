package org.noports.cipher.catalogue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Keys of {@code org.noports.cipher.catalogue.cfg}; {@link CatalogueSettings} is what they mean.
 */
@ObjectClassDefinition(
    name = "Cipher catalogue",
    description = "Which algorithms may be used, in which order, and which bundles may bring some.")
@interface CatalogueConfig {
  @AttributeDefinition(
      name = "Ranking",
      description =
          "Comma-separated names of algorithms, the preferred first; others come behind them, in"
              + " alphabetical order. A session uses the first suite that both ends have.")
  String ranking() default CatalogueSettings.RANKING;

  @AttributeDefinition(
      name = "Profile",
      options = {@Option(label = "none", value = ""), @Option(label = "level5", value = "level5")},
      description =
          "A choice of algorithms under one name, on top of which allow and deny hold. level5:"
              + " ML-KEM-1024, SHA-384 and AES-256-GCM and no other; sessions with ends that have not"
              + " chosen it are refused. Empty: none.")
  String profile() default "";

  @AttributeDefinition(
      name = "Minimum level",
      options = {
        @Option(label = "L1", value = "L1"),
        @Option(label = "L2", value = "L2"),
        @Option(label = "L3", value = "L3")
      },
      description =
          "Sessions below are refused: L1 lets existing NoPorts peers in, L2 only ends that speak"
              + " NP2, L3 only those whose key agreement stands quantum computers.")
  String minimumLevel() default "L1";

  @AttributeDefinition(
      name = "Allow",
      description =
          "Comma-separated names of the only algorithms that may be used, of every kind: hashes"
              + " and signatures, too. Empty: all that are not denied.")
  String allow() default "";

  @AttributeDefinition(
      name = "Deny",
      description =
          "Comma-separated names of algorithms that must not be used; sessions leave them at once.")
  String deny() default "";

  @AttributeDefinition(
      name = "Plug-ins",
      description =
          "Comma-separated symbolic names of the only bundles that may bring algorithms, beside"
              + " those of NoPorts; with '@' and the SHA-256 of a certificate in hex only if it"
              + " signed all of the bundle. Empty: all may. Those of NoPorts have to be named, too, if"
              + " they lie in deploy/; one that was replaced by other means (a command, a feature) is"
              + " not found out.")
  String plugIns() default "";

  @AttributeDefinition(
      name = "Time to leave (s)",
      min = "1",
      max = "60",
      description =
          "How long sessions have to move off an algorithm that is denied or stopped, before they"
              + " are closed; the bundle's stop waits for it. Moving takes two trips through the"
              + " relay.")
  int departSeconds() default 5;
}
