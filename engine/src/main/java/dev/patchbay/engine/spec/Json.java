package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.patchbay.engine.net.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.function.Function;

/// The JSON form of records, for frames and for the journal.
///
/// Reading is strict: an unknown, missing or duplicate property, a null or a number instead of text, or
/// anything after the value is an error. Types are chosen by names that are annotated on our sealed
/// interfaces, never by class names in the input.
public final class Json {
    /// Maximum length of a document in bytes.
    public static final int MAX_DOCUMENT = 64 << 20;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 1 << 20;
    private static final int MAX_NAME = 1 << 10;
    private static final int MAX_NUMBER = 40;

    /// Thread-safe; callers must not configure it.
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNameLength(MAX_NAME)
                            .maxNumberLength(MAX_NUMBER)
                            .maxDocumentLength(MAX_DOCUMENT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            // Only components of records: SpecChange.isEmpty() is no property.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Jackson cannot see @Nullable, so nullable properties are annotated for it as well.
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule()
                    .addSerializer(new TextSerializer<>(InetAddress.class, Addresses::format))
                    .addDeserializer(InetAddress.class, new TextDeserializer<>(InetAddress.class, Json::address))
                    .addSerializer(new TextSerializer<>(Instant.class, Instant::toString))
                    .addDeserializer(Instant.class, new TextDeserializer<>(Instant.class, Instant::parse)))
            .build();

    private Json() {}

    private static InetAddress address(String literal) {
        if (literal.indexOf('%') >= 0) {
            throw new IllegalArgumentException("an address has no zone here: " + literal);
        }
        return Addresses.parse(literal);
    }

    private static final class TextSerializer<T> extends StdScalarSerializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<T, String> text;

        TextSerializer(Class<T> type, Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(text.apply(value));
        }
    }

    private static final class TextDeserializer<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<String, T> parse;

        TextDeserializer(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(handledType(), in);
            }
            try {
                return parse.apply(in.getText());
            } catch (RuntimeException e) {
                throw context.weirdStringException(in.getText(), handledType(), "not in its text form");
            }
        }
    }
}
