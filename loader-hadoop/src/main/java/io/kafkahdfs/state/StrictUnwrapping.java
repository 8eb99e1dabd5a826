package io.kafkahdfs.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses fields that nobody knows also in records with a {@code @JsonUnwrapped} component. For
 * these Jackson offers what it does not know to the component, which passes over what it does not
 * know either.
 */
final class StrictUnwrapping extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
    Set<String> names = new TreeSet<>();
    boolean unwraps = false;
    for (BeanPropertyDefinition property : bean.findProperties()) {
      if (isUnwrapped(config, property)) {
        unwraps = true;
        config
            .introspect(property.getPrimaryType())
            .findProperties()
            .forEach(inner -> names.add(inner.getName()));
      } else {
        names.add(property.getName());
      }
    }
    return unwraps ? new Checked(deserializer, names) : deserializer;
  }

  private static boolean isUnwrapped(
      DeserializationConfig config, BeanPropertyDefinition property) {
    return property.getPrimaryMember() != null
        && config
                .getAnnotationIntrospector()
                .findUnwrappingNameTransformer(property.getPrimaryMember())
            != null;
  }

  private static final class Checked extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> names;

    Checked(JsonDeserializer<?> deserializer, Set<String> names) {
      super(deserializer);
      this.names = names;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
      return new Checked(deserializer, names);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode tree = context.readTree(parser);
      for (Iterator<String> found = tree.fieldNames(); found.hasNext(); ) {
        String name = found.next();
        if (!names.contains(name)) {
          throw UnrecognizedPropertyException.from(
              parser, handledType(), name, Set.<Object>copyOf(names));
        }
      }
      try (JsonParser again = new TreeTraversingParser(tree, parser.getCodec())) {
        again.nextToken();
        return super.deserialize(again, context);
      }
    }
  }
}
