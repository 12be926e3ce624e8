//! Colours as numbers: contrast by WCAG, lightness by CIE, and twins that can be read.

/// A colour without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, green and blue, 0 to 255.
    pub rgb: [u8; 3],
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self { rgb: [0; 3] };
    /// White.
    pub const WHITE: Self = Self { rgb: [255; 3] };

    /// Reads `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .trim()
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect::<Option<_>>()?;
        let rgb = match digits.as_slice() {
            short if short.len() == 3 => [0, 1, 2].map(|part| short[part] * 17),
            long if long.len() == 6 => [0, 2, 4].map(|part| long[part] * 16 + long[part + 1]),
            _ => return None,
        };
        Some(Self { rgb })
    }

    /// As written in CSS.
    pub fn css(self) -> String {
        let [r, g, b] = self.rgb;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Relative luminance, 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast with another colour, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Lightness as seen, 0 to 100: what is left of the colour in greyscale.
    pub fn lightness(self) -> f64 {
        let y = self.luminance();
        if y > 0.008_856 { 116.0 * y.cbrt() - 16.0 } else { 903.3 * y }
    }

    /// This colour with a share (0 to 1) of another.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mut rgb = self.rgb;
        for (part, with) in rgb.iter_mut().zip(other.rgb) {
            let mixed = f64::from(*part) * (1.0 - share) + f64::from(with) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two bytes"
            )]
            let mixed = mixed.round() as u8;
            *part = mixed;
        }
        Self { rgb }
    }

    /// The nearest shade of this colour that has at least this contrast on `ground`.
    #[must_use]
    pub fn readable_on(self, ground: Self, contrast: f64) -> Self {
        let end = if ground.luminance() > 0.18 { Self::BLACK } else { Self::WHITE };
        let shades = (0..=50_u32).map(|step| self.mixed(end, f64::from(step) / 50.0));
        shades.into_iter().find(|shade| shade.contrast(ground) >= contrast).unwrap_or(end)
    }

    /// Black or white, whichever is read better on this colour.
    #[must_use]
    pub fn ink(self) -> Self {
        let white = self.contrast(Self::WHITE);
        if white >= 4.5 || white >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_and_lightness_follow_the_standards() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        let grey = Colour::parse("#777").unwrap();
        assert!(
            (grey.contrast(Colour::WHITE) - 4.478).abs() < 0.001,
            "{}",
            grey.contrast(Colour::WHITE)
        );
        assert!((grey.lightness() - 50.03).abs() < 0.1, "{}", grey.lightness());
        assert_eq!(Colour::parse("#1b1D22").unwrap().css(), "#1b1d22");
        for wrong in ["red", "#12", "#12345g", "#1234567", ""] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_readable_shade_is_found_and_near() {
        let (paper, night) = (Colour::parse("#fbfaf7").unwrap(), Colour::parse("#15171c").unwrap());
        let yellow = Colour::parse("#f5c400").unwrap();
        assert!(yellow.readable_on(paper, 4.5).contrast(paper) >= 4.5);
        assert_eq!(yellow.readable_on(night, 4.5), yellow, "readable already");
        let navy = Colour::parse("#0b2a5b").unwrap();
        assert!(navy.readable_on(night, 4.5).contrast(night) >= 4.5);
        assert_eq!((navy.ink(), yellow.ink()), (Colour::WHITE, Colour::BLACK));
    }
}
