//! Colours as numbers: contrast as WCAG 2.2 defines it, what colour-blind eyes see, and how much two colours differ.

/// A colour in linear light, each part 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rgb([f64; 3]);

impl Rgb {
    /// `#rrggbb`; of `rgb(…)` and `rgba(…)`, which stand for something half transparent, the parts as written.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(hex) = text.strip_prefix('#') {
            let part = |i: usize| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok();
            let parts = [part(0)?, part(2)?, part(4)?];
            return (hex.len() == 6).then(|| Self(parts.map(|part| linear(f64::from(part) / 255.0))));
        }
        let inside = text.trim_start_matches("rgba(").trim_start_matches("rgb(").strip_suffix(')')?;
        let mut parts = inside
            .split([' ', ',', '/'])
            .filter(|part| !part.is_empty())
            .map(|part| part.trim_end_matches('%').parse::<f64>().ok());
        Some(Self([parts.next()??, parts.next()??, parts.next()??].map(|part| part / 255.0)))
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.0;
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn oklab(self) -> [f64; 3] {
        let cones = times(
            [
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            self.0,
        );
        times(
            [
                [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
            ],
            cones.map(f64::cbrt),
        )
    }
}

fn linear(part: f64) -> f64 {
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn times(matrix: [[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// The contrast of two colours, 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (a.luminance() + 0.05, b.luminance() + 0.05);
    a.max(b) / a.min(b)
}

/// Which colours an eye sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Trichromat,
    /// No red cones.
    Protanope,
    /// No green cones.
    Deuteranope,
    /// No blue cones.
    Tritanope,
}

impl Sight {
    pub const ALL: [Self; 4] = [Self::Trichromat, Self::Protanope, Self::Deuteranope, Self::Tritanope];

    /// What is left of a colour: Viénot, Brettel and Mollon 1999 for red and green; Brettel, Viénot and Mollon 1997
    /// for blue, whose colours lie in two half planes. Matrices for linear sRGB.
    fn seen(self, color: Rgb) -> Rgb {
        let matrix = match self {
            Self::Trichromat => return color,
            Self::Protanope => {
                [[0.112_38, 0.887_62, 0.0], [0.112_38, 0.887_62, 0.0], [0.004_01, -0.004_01, 1.0]]
            }
            Self::Deuteranope => {
                [[0.292_75, 0.707_25, 0.0], [0.292_75, 0.707_25, 0.0], [-0.022_34, 0.022_34, 1.0]]
            }
            Self::Tritanope => {
                let [r, g, b] = color.0;
                if 0.039_01 * r - 0.027_88 * g - 0.011_13 * b >= 0.0 {
                    [
                        [1.012_77, 0.135_48, -0.148_26],
                        [-0.012_43, 0.868_12, 0.144_31],
                        [0.075_89, 0.805_00, 0.119_11],
                    ]
                } else {
                    [
                        [0.936_78, 0.189_79, -0.126_57],
                        [0.061_54, 0.815_26, 0.123_20],
                        [-0.375_62, 1.127_67, 0.247_96],
                    ]
                }
            }
        };
        Rgb(times(matrix, color.0).map(|part| part.clamp(0.0, 1.0)))
    }
}

/// How much two colours differ to an eye: 100 times their distance in `OKLab`.
pub fn difference(a: Rgb, b: Rgb, sight: Sight) -> f64 {
    let (a, b) = (sight.seen(a).oklab(), sight.seen(b).oklab());
    100.0 * a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn contrast_is_that_of_the_standard() {
    let color = |text| Rgb::parse(text).expect("a colour");
    assert!((contrast(color("#ffffff"), color("#000000")) - 21.0).abs() < 1e-9);
    // The grey that is known to just pass on white.
    assert!((contrast(color("#767676"), color("#ffffff")) - 4.54).abs() < 0.005);
    assert!(Rgb::parse("#fff").is_none() && Rgb::parse("tomato").is_none());
}

#[test]
fn red_and_green_are_alike_without_green_cones_and_greys_stay_grey() {
    let color = |text| Rgb::parse(text).expect("a colour");
    let (red, green) = (color("#c23b22"), color("#6b7a00"));
    assert!(difference(red, green, Sight::Trichromat) > 15.0);
    assert!(difference(red, green, Sight::Deuteranope) < 0.5 * difference(red, green, Sight::Trichromat));
    for sight in Sight::ALL {
        assert!(difference(color("#808080"), sight.seen(color("#808080")), Sight::Trichromat) < 0.1);
    }
}
