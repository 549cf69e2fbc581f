namespace SessionApi.Http;

/// <summary>Problem type of this API (RFC 9457).</summary>
/// <param name="Slug">The stable name; the end of <see cref="Uri"/>.</param>
/// <param name="Status">The HTTP status of every problem of this type.</param>
/// <param name="Title">The fixed title.</param>
internal sealed record ProblemType(string Slug, int Status, string Title)
{
    /// <summary>Gets the value of <c>type</c>.</summary>
    public string Uri => "urn:session-functions:problem:" + Slug;
}
