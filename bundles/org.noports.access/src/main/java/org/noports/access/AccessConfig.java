package org.noports.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who may ask for access to the devices of this machine, and for how long. */
@ObjectClassDefinition(
    name = "NoPorts access for a time",
    description = "Who may ask for access to this machine's devices; others are not answered.")
public @interface AccessConfig {
  @AttributeDefinition(
      name = "Askers",
      description =
          "Comma-separated atSigns that may ask, or * for anybody. All others are strangers, and"
              + " hear nothing. Empty: nobody may ask.")
  String askers() default "";

  @AttributeDefinition(
      name = "Longest time granted (minutes)",
      min = "1",
      max = "43200",
      description =
          "Whoever asks for more is refused, and nobody here grants more: what is needed for longer"
              + " is a rule of the book. At most 30 days.")
  int mostMinutes() default 480;

  @AttributeDefinition(
      name = "How long a request waits (minutes)",
      min = "1",
      max = "43200",
      description = "After that it is gone, unseen or not: nobody wants it any more.")
  int waitMinutes() default 1440;

  @AttributeDefinition(
      name = "File",
      description =
          "Where what waits and what is granted is kept, relative to the Karaf instance; of its"
              + " owner's alone.")
  String file() default "data/access/access.json";
}
