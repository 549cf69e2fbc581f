using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Support.Servers;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>A redis-server that is also reached over TLS, as Azure Managed Redis is.</summary>
internal sealed class TlsRedis : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private TlsRedis(DirectoryInfo folder, RedisServer server, int port, string thumbprint)
    {
        _folder = folder;
        Server = server;
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        Thumbprint = thumbprint;
    }

    public RedisServer Server { get; }

    /// <summary>Gets host and port of TLS.</summary>
    public string Endpoint { get; }

    public string Thumbprint { get; }

    public static async Task<TlsRedis> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("session-redis-tls-");
        var (certificate, key) = (Path.Combine(folder.FullName, "certificate.pem"), Path.Combine(folder.FullName, "key.pem"));
        var thumbprint = await WriteCertificateAsync(certificate, key);
        var port = FreePort.Next();
        var server = await RedisServer.StartAsync(
            CancellationToken.None,
            "--tls-port", port.ToString(CultureInfo.InvariantCulture), "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no");
        return new TlsRedis(folder, server, port, thumbprint);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<string> WriteCertificateAsync(string certificatePath, string keyPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(certificatePath, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyPath, key.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }
}
