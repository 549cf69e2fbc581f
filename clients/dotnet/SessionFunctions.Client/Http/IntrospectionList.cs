using System.Text.Json;

namespace SessionFunctions.Client.Http;

/// <summary>Bodies of several introspections, and of their answers.</summary>
internal static class IntrospectionList
{
    /// <summary>Returns the body of a call from those of its introspections.</summary>
    public static byte[] Join(IReadOnlyList<byte[]> introspections)
    {
        var begin = "{\"introspections\":["u8;
        var end = "]}"u8;
        var body = new byte[begin.Length + introspections.Sum(static one => one.Length + 1) - 1 + end.Length];
        begin.CopyTo(body);
        var at = begin.Length;
        for (var i = 0; i < introspections.Count; i++)
        {
            if (i > 0)
            {
                body[at++] = (byte)',';
            }

            introspections[i].CopyTo(body, at);
            at += introspections[i].Length;
        }

        end.CopyTo(body.AsSpan(at));
        return body;
    }

    /// <summary>Returns the answers, each as that of its introspection alone. Null in place of a problem.</summary>
    /// <exception cref="SessionsUnavailableException">The body is not that of the API, or has another number of answers.</exception>
    public static ApiAnswer?[] Split(ApiAnswer answer, int count)
    {
        var answers = new ApiAnswer?[count];
        try
        {
            var reader = new Utf8JsonReader(answer.Body.Span);
            Expect(reader.Read() && reader.TokenType is JsonTokenType.StartObject);
            Expect(reader.Read() && reader.ValueTextEquals("answers"u8));
            Expect(reader.Read() && reader.TokenType is JsonTokenType.StartArray);
            for (var i = 0; i < count; i++)
            {
                Expect(reader.Read() && reader.TokenType is JsonTokenType.StartObject);
                var start = (int)reader.TokenStartIndex;
                var isProblem = SkipObject(ref reader);
                answers[i] = isProblem ? null : new ApiAnswer(answer.Status, answer.Body[start..(int)reader.BytesConsumed], etag: null, problem: null);
            }

            Expect(reader.Read() && reader.TokenType is JsonTokenType.EndArray);
            Expect(reader.Read() && reader.TokenType is JsonTokenType.EndObject);
            Expect(!reader.Read());
            return answers;

            void Expect(bool isSo)
            {
                if (!isSo)
                {
                    throw ApiAnswer.NotOurs(answer.Status, inner: null);
                }
            }
        }
        catch (JsonException)
        {
            throw ApiAnswer.NotOurs(answer.Status, inner: null);
        }
    }

    private static bool SkipObject(ref Utf8JsonReader reader)
    {
        var isProblem = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            isProblem |= reader.ValueTextEquals("problem"u8);
            reader.Skip();
        }

        return isProblem;
    }
}
