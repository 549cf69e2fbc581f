using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Protection;

/// <summary>Master keys. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class KeyRingOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Keys";

    /// <summary>Gets the keys: exactly one active, any number for reading.</summary>
    /// <value>Required outside Development, which uses a random ring for each start.</value>
    public IList<KeyOptions> Ring { get; } = [];

    internal bool IsDrawn { get; private set; }

    /// <summary>Sets a random ring of one key, for Development: what it protects does not survive the process.</summary>
    public void Draw()
    {
        IsDrawn = true;
        foreach (var key in KeyRing.Random())
        {
            Ring.Add(key);
        }
    }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Ring.Count == 0)
        {
            yield return new ValidationResult(
                "Keys:Ring is empty. Set Keys:Ring:0:Id (a number), Keys:Ring:0:Key (32 random bytes in base64, e.g. from 'openssl rand -base64 32') and Keys:Ring:0:State (Active).");
            yield break;
        }

        for (var i = 0; i < Ring.Count; i++)
        {
            foreach (var fault in FaultsOf(Ring[i], i))
            {
                yield return new ValidationResult(fault);
            }
        }

        if (Ring.Select(key => key.Id).Distinct().Count() != Ring.Count)
        {
            yield return new ValidationResult("Keys:Ring has two keys with the same Id; give each a unique number.");
        }

        if (Ring.Count(key => key.State is KeyState.Active) != 1)
        {
            yield return new ValidationResult("Keys:Ring needs exactly one key whose State is Active.");
        }
    }

    private static IEnumerable<string> FaultsOf(KeyOptions key, int index)
    {
        if (key.Id == 0)
        {
            yield return $"Keys:Ring:{index}:Id must be a number from 1 up.";
        }

        // 256 bits, and not a constant placeholder (ASVS 5.0 11.2.3, 13.2.3).
        var bytes = new byte[KeyRing.KeyBytes + 3];
        if (!Convert.TryFromBase64String(key.Key, bytes, out var length) || length != KeyRing.KeyBytes)
        {
            yield return $"Keys:Ring:{index}:Key must be 32 bytes in base64, e.g. from 'openssl rand -base64 32'.";
        }
        else if (bytes.AsSpan(0, length).IndexOfAnyExcept(bytes[0]) < 0)
        {
            yield return $"Keys:Ring:{index}:Key is one byte repeated; generate a random key, e.g. with 'openssl rand -base64 32'.";
        }
    }
}

[OptionsValidator]
internal sealed partial class KeyRingOptionsValidator : IValidateOptions<KeyRingOptions>;

/// <summary>Key of the ring.</summary>
public sealed class KeyOptions
{
    /// <summary>Gets or sets the key's number. A newer key has a higher number.</summary>
    /// <value>Required; 1 to 4,294,967,295.</value>
    public uint Id { get; set; }

    /// <summary>Gets or sets the key itself: 32 random bytes in base64. A secret.</summary>
    /// <value>Required.</value>
    public string Key { get; set; } = "";

    /// <summary>Gets or sets the use of the key.</summary>
    /// <value>Default <see cref="KeyState.Read"/>.</value>
    public KeyState State { get; set; }
}

/// <summary>Use of a key of the ring.</summary>
public enum KeyState
{
    /// <summary>Verifies and decrypts only.</summary>
    Read,

    /// <summary>Also protects new data. Exactly one key of a ring is active.</summary>
    Active,
}
