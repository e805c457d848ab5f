package org.noports.configuration;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What the installed bundles say of a PID: its keys, and what values each may have. */
final class KnownKeys {
  private final BundleContext context;
  private final MetaTypeService metaTypes;

  KnownKeys(BundleContext context, MetaTypeService metaTypes) {
    this.context = context;
    this.metaTypes = metaTypes;
  }

  /** The keys of {@code pid} (a factory PID, for one of many); empty if no bundle describes it. */
  Optional<Map<String, AttributeDefinition>> of(String pid) {
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getSymbolicName() != null && pid.startsWith(bundle.getSymbolicName())) {
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
        if (information != null && describes(information, pid)) {
          return Optional.of(keys(information.getObjectClassDefinition(pid, null)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean describes(MetaTypeInformation information, String pid) {
    return contains(information.getPids(), pid) || contains(information.getFactoryPids(), pid);
  }

  private static boolean contains(String[] pids, String pid) {
    return pids != null && List.of(pids).contains(pid);
  }

  private static Map<String, AttributeDefinition> keys(ObjectClassDefinition definition) {
    Map<String, AttributeDefinition> keys = new LinkedHashMap<>();
    for (AttributeDefinition key : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      keys.put(key.getID(), key);
    }
    return keys;
  }

  /** The names of {@code keys}, for a sentence. */
  static String list(Collection<String> keys) {
    return String.join(", ", keys);
  }
}
